import Table from 'cli-table3';
import { version } from '../../package.json';
import { NotSeen } from './notSeen';
import { type Key, questions } from './questions';
import type { Findings } from './run';

type Answers = Findings['answers'];

/** An answer as a word of the fixed list. */
const wordOf = (answer: unknown) =>
	answer instanceof NotSeen ? `not seen: ${answer.message}` : answer;

/** The answers as a table. @param width width of the terminal */
export function tableOf(answers: Answers, width: number): string {
	const part = Math.floor((width - 5) / 10);
	const table = new Table({
		head: ['Question', 'Answer', 'How', 'What the node does'],
		colWidths: [3, 2, 2, 3].map((parts) => parts * part),
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const [key, answer] of answers) {
		const { question, how, nodeDoes } = questions[key];
		table.push([question, String(wordOf(answer)), how, nodeDoes]);
	}
	return table.toString();
}

/**
 * The answers in the form that `npm run sandbox -- --as` takes.
 * @param asked which tenant gave them
 */
export function fileOf(answers: Answers, asked: string): string {
	const words = [...answers].map(([key, answer]): [Key, unknown] => [key, wordOf(answer)]);
	const date = new Date().toISOString().slice(0, 10);
	const file = { asked, date, version, answers: Object.fromEntries(words) };
	return `${JSON.stringify(file, null, '\t')}\n`;
}
