/** What a contender that creates leaves behind. */
export interface WriteOutcome {
	/** What was to be created, each once; told by name. */
	wanted: string[];
	/** What is there. */
	found: string[];
	/** What its caller is told that it has created. */
	claimed: string[];
	/** It was still at work when the time was up. */
	isEndless?: boolean;
}

/** One cell of the table. Bold is what is wrong and what nobody is told. */
export function writeCell({ wanted, found, claimed, isEndless }: WriteOutcome): string {
	const there = new Set(found);
	if (isEndless) return `${there.size} created, then **no end**`;
	const said = new Set(claimed);
	const lost = wanted.filter((name) => !there.has(name));
	const silent = lost.filter((name) => said.has(name)).length;
	const doubled = found.length - there.size;
	const denied = wanted.filter((name) => there.has(name) && !said.has(name)).length;
	const parts = [
		`${there.size} created`,
		doubled > 0 && `**${doubled} doubled**`,
		silent > 0 && `**${silent} lost, "success"**`,
		lost.length > silent && `${lost.length - silent} lost, error`,
		denied > 0 && `${denied} of them reported as failed`,
	];
	return parts.filter(Boolean).join(', ');
}
