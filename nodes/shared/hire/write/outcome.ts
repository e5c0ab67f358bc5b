import { FeishuError, type Failure, type Outcome } from '../../feishu/failure';
import { StoppedError } from '../../feishu/abort';
import { listed } from '../../listed';

/** What is known about a write that has ended with this error. */
export function outcomeOf(error: unknown): Outcome {
	if (error instanceof StoppedError) return error.outcome;
	return (error instanceof FeishuError && error.failure.outcome) || 'notDone';
}

const LOOK = 'Look in Feishu Hire before you run it again.';

/** Errors of writes whose outcome is unknown. */
export const unknownOutcome = {
	/** No such record was found. */
	notFound: (error: unknown) =>
		told(error, {
			title: 'The node found no trace of it, but it may still have been carried out',
			advice: LOOK,
		}),

	/** There are more such records than we meant to write. */
	several: (error: unknown, ids: readonly string[]) =>
		told(error, {
			title: 'The record may exist already',
			advice: `Records with the same content: ${listed(ids)}. ${LOOK}`,
		}),

	/** We could not look for the record. */
	unreadable: (error: unknown) =>
		told(error, {
			title: 'It may have been carried out, and the node could not check',
			advice: LOOK,
		}),

	/** The record was not sent: one will do, and another creation may have made it. */
	anothers: () =>
		new FeishuError({
			message: 'Not sent: another item with the same content may have created the record already',
			reaction: 'fail',
			advice: `The error of that item says why nobody knows. ${LOOK}`,
			outcome: 'unknown',
		}),

	/** We cannot tell whether the record is gone. */
	mayBeGone: (error: unknown, id: string) =>
		told(error, { title: `The record ${id} may have been deleted`, advice: LOOK }),

	/** The record to delete still exists. */
	stillThere: (error: unknown, id: string) =>
		told(error, { title: `The record ${id} still exists, but may yet be deleted`, advice: LOOK }),

	/** An earlier try of the node has an unknown outcome, and this one ended differently. */
	earlier: (unknown: unknown, error: unknown) => {
		const { failure, tried } = asFeishuError(unknown);
		const latest = error instanceof Error ? error.message : String(error);
		const message = `${failure.message}. A later try ended so: ${latest}`;
		return new FeishuError({ ...failure, message, outcome: 'unknown' }, tried);
	},

	/** The record does not have the change. */
	unchanged: (error: unknown, id: string) =>
		told(error, {
			title: `The record ${id} does not have the change, but may yet get it`,
			advice: LOOK,
		}),
};

function told(error: unknown, { title, advice }: { title: string; advice: string }): FeishuError {
	const { failure, tried } = asFeishuError(error);
	// A retry can be refused because the first attempt succeeded, so the first failure says more.
	const first = failure.first ?? failure;
	return new FeishuError(
		{
			...first,
			message: `${first.message}. ${title}`,
			advice: `${advice} ${first.advice}`,
			outcome: 'unknown',
		},
		tried,
	);
}

const WITHOUT_RECORD: Failure = {
	message: 'Feishu reported success, but did not send the record',
	reaction: 'fail',
	advice: 'If it keeps happening, tell Feishu support when it ran.',
};

const STOPPED: Failure = {
	message: 'The run ended while the request was under way',
	reaction: 'fail',
	advice: '',
};

function asFeishuError(error: unknown): FeishuError {
	if (error instanceof FeishuError) return error;
	return new FeishuError(error instanceof StoppedError ? STOPPED : WITHOUT_RECORD);
}
