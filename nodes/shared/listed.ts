/** The first of several names, and the number of the rest: `1, 2 and 39 more`. */
export function listed(names: ReadonlyArray<string | number>, most = 20): string {
	const more = names.length > most ? ` and ${names.length - most} more` : '';
	return names.slice(0, most).join(', ') + more;
}
