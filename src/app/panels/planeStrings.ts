/** What is said of the plane as something to press in. */

export const planeStrings = {
  picture: 'plane',
  hint: 'Press anywhere to begin anew there; earlier paths stay.',
  keys: 'Arrow keys move the start, Enter launches.',
};
