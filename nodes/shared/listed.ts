/** The first few names, and the number of the others: `1, 2 and 39 more`. */
export function listed(names: ReadonlyArray<string | number>, most = 20): string {
	const more = names.length > most ? ` and ${names.length - most} more` : '';
	return names.slice(0, most).join(', ') + more;
}
