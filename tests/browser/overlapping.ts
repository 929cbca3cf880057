/** Whether controls of the page lie over each other. */

/** Pairs of controls of which one lies over the other. */
export function overlapping(): string[] {
  const controls = [...document.querySelectorAll('button, input, select, textarea, a[href], summary')].filter(
    (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
  );
  /** What is seen of it: lists that scroll show a part. */
  const boxes = controls.map((element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const frame = around.getBoundingClientRect();
      [left, top] = [Math.max(left, frame.left), Math.max(top, frame.top)];
      [right, bottom] = [Math.min(right, frame.right), Math.min(bottom, frame.bottom)];
    }
    return { left, top, right, bottom };
  });
  const words = (i: number) => controls[i].outerHTML.slice(0, 120);
  const found: string[] = [];
  for (let i = 0; i < controls.length; i++)
    for (let j = 0; j < i; j++) {
      if (controls[j].contains(controls[i]) || controls[i].contains(controls[j])) continue;
      const across = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
      const down = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
      if (across > 1 && down > 1) found.push(`${words(j)} and ${words(i)}`);
    }
  return found;
}
