/** The measurements of each subject, one per round, in round order. */
export type Rounds<Subject, Measurement> = ReadonlyMap<Subject, readonly Measurement[]>;

/**
 * Measures every subject once a round, one after the other, each round beginning with another subject: what changes on the
 * machine in the meantime touches all of them alike.
 */
export async function measureRounds<Subject, Measurement>(
  roundCount: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Measurement>,
): Promise<Rounds<Subject, Measurement>> {
  const measurements = new Map<Subject, Measurement[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < roundCount; round += 1) {
    const first = round % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      measurements.get(subject)?.push(await measure(subject));
    }
  }
  return measurements;
}

/** Per-round ratios of one figure between two subjects. */
export function ratiosOf<Subject, Measurement>(
  rounds: Rounds<Subject, Measurement>,
  numerator: Subject,
  denominator: Subject,
  figure: (measurement: Measurement) => number,
): number[] {
  const below = rounds.get(denominator) ?? [];
  return (rounds.get(numerator) ?? []).flatMap((above, round) => {
    const other = below[round];
    return other === undefined ? [] : [figure(above) / figure(other)];
  });
}
