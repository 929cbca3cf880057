/** A PNG of tiles in colour with dark margins, as a sheet of sprites has them. */
export async function sheet(tile: number, columns: number, rows: number): Promise<File> {
  const canvas = new OffscreenCanvas(tile * columns, tile * rows);
  const context = canvas.getContext('2d')!;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < columns * rows; i++) {
    context.fillStyle = `hsl(${(360 * i) / (columns * rows)} 90% 60%)`;
    const [x, y] = [tile * (i % columns), tile * Math.floor(i / columns)];
    context.beginPath();
    context.arc(x + tile / 2, y + tile / 2, tile / 3, 0, 7);
    context.fill();
  }
  return new File([await canvas.convertToBlob()], 'sprites.png', { type: 'image/png' });
}
