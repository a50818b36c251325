// What keeps where was looked: loaded with the first look, as it needs none of the time in which the panel opens.
export { allLooks, looksAfter, looksAgain } from '../../engine/looks/all-looks.ts';
