import { type Client, Refused } from './client';
import { Found } from './found';
import { NotSeen } from './notSeen';
import { OwnRecords } from './ownRecords';
import { type AnswerTo, type Key, type Probe, questions } from './questions';

/** What the probe found out. */
export interface Findings {
	answers: Map<Key, AnswerTo<Key> | NotSeen>;
	/** The IDs of own records that could not be removed. */
	left: string[];
	/** Why it ended early. */
	error?: Error;
}

/**
 * Asks every question that may be asked, then removes what it made.
 * @param talent the candidate to make records for; without one, nothing is written
 * @param onQuestion called before each question
 */
export async function askAll(
	client: Client,
	talent?: string,
	onQuestion: (key: Key) => void = () => {},
): Promise<Findings> {
	const own = new OwnRecords(client, talent ?? '');
	const answers = new Map<Key, AnswerTo<Key> | NotSeen>();
	const ask = async <K extends Key>(key: K): Promise<AnswerTo<K>> => {
		const known = answers.get(key);
		if (known instanceof NotSeen) throw known;
		if (known !== undefined) return known;
		const question = questions[key];
		if (question.ask === 'never') throw new NotSeen('never');
		if (question.ask === 'write' && talent === undefined) throw new NotSeen('writes');
		return await question.judge(probe);
	};
	const found = new Found(client);
	const probe: Probe = {
		client,
		found,
		own,
		answer: ask,
	};
	const findings: Findings = { answers, left: [] };
	try {
		await client.connect();
		for (const key of Object.keys(questions) as Key[]) {
			onQuestion(key);
			answers.set(key, await ask(key).catch(notSeen));
		}
	} catch (error) {
		findings.error = error as Error;
	}
	client.finish();
	findings.left = await own.removeAll();
	return findings;
}

/**
 * Why a question has no answer. Any other error means an unexpected value; its message may repeat
 * that value, so it is dropped.
 * @throws Refused and aborts, which end everything
 */
function notSeen(error: unknown): NotSeen {
	if (error instanceof NotSeen) return error;
	if (error instanceof Refused || (error as Error).name === 'AbortError') throw error;
	return new NotSeen('unexpected');
}
