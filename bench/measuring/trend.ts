/** How much a value grows for each step of another one, by least squares. NaN where there are not two moments of it. */
export function slope(points: readonly (readonly [at: number, value: number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [atMean, valueMean] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  let [together, alone] = [0, 0];
  for (const [at, value] of points) {
    together += (at - atMean) * (value - valueMean);
    alone += (at - atMean) ** 2;
  }
  return together / alone;
}
