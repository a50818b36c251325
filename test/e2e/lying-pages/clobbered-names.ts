import { type LyingPage, quoted, script, token } from './lying-page.ts';

const hidden = (room: string) =>
  script(`localStorage.real = ${quoted(`${room} local`)}; sessionStorage.real = ${quoted(`${room} session`)};
  document.cookie = 'real=${token(`${room} cookie`)}'`);

/** Elements that answer to the names of what is asked of document and window. */
export const clobberedNames: readonly LyingPage[] = [
  {
    name: 'an image by the name of cookie',
    html: `${hidden('clobbered cookie')}<img name=cookie><img name=title><img name=scripts>`,
  },
  {
    name: 'forms by the names of what makes a frame',
    html: `${hidden('clobbered functions')}<form name=createElement></form><form name=documentElement></form><form name=body></form>
      <form name=head></form><form name=createNodeIterator></form><form name=getElementsByTagName></form><form name=defaultView></form>
      <form name=querySelector></form><form name=implementation></form><form name=cookie></form>`,
  },
  {
    name: 'two images by the name of cookie',
    html: `${hidden('clobbered twice')}<img name=cookie><img name=cookie><form name=cookie><input name=cookie></form>`,
  },
  {
    name: 'a link by the name of cookie that is written as one',
    html: `${hidden('clobbered link')}<object name=cookie></object><a id=cookie href="made=${token('link invented')}">x</a>`,
  },
  {
    name: 'frames by the names of storages',
    html: `<iframe name=localStorage></iframe><iframe name=sessionStorage></iframe><iframe name=indexedDB></iframe>
      <iframe name=history></iframe><iframe name=origin></iframe><iframe name=caches></iframe>${hidden('frame names')}`,
  },
  {
    name: 'ids of what its window has',
    html: `<p id=localStorage>x</p><p id=sessionStorage>x</p><p id=indexedDB>x</p><p id=performance>x</p><p id=credentialless>x</p>
      <p id=Object>x</p><p id=undefined>x</p>${hidden('ids')}`,
  },
  {
    name: 'forms whose fields have the names of what is asked of elements',
    html: `<form data-token="${token('clobbered form')}"><input name=attributes><input name=nodeType><input name=getAttribute>
      <input name=localName><input name=shadowRoot><input name=firstChild><input name=parentElement></form>${hidden('form fields')}`,
  },
];
