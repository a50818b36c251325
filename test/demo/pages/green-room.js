// Where apps keep tokens when it is none of the usual stores.
const stage = document.querySelector('iframe');
const stageOrigin = new URL(stage.src).origin;
const status = document.getElementById('status');

async function settle() {
  const reply = await fetch('/green-room/plan', { method: 'POST' });
  const { fromLobby, fromAgenda, offline, seat, toStage } = await reply.json();
  // The app's router takes along what the page before knew.
  history.replaceState({ usr: { room: 'all-hands', token: fromLobby } }, '');
  // The agenda opens this page in a window whose name tells it what to join.
  window.name = JSON.stringify({ room: 'agenda', token: fromAgenda });
  await keepForOffline(offline, seat);
  stage.contentWindow.postMessage({ type: 'join', token: toStage }, stageOrigin);
}

/** For when the network goes: what to join next, and the answer that gave the seat. */
async function keepForOffline(token, seat) {
  const opening = indexedDB.open('northwind-offline', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('calls');
  opening.onsuccess = () => {
    const calls = opening.result.transaction('calls', 'readwrite').objectStore('calls');
    calls.put({ room: 'all-hands', token }, 'next');
  };
  const cache = await caches.open('northwind-shell');
  await cache.put('/green-room/seat', Response.json({ token: seat }));
}

// The frame of the stage says when it is there, and is told who comes.
addEventListener('message', ({ origin, data }) => {
  if (origin !== stageOrigin) return;
  if (data.type === 'ready') void settle();
  if (data.type === 'joined') status.textContent = 'Ready to go on stage';
});
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  status.textContent = 'Checked in';
});
