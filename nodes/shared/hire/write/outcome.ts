import { FeishuError, type Failure, type Outcome } from '../../feishu/failure';
import { StoppedError } from '../../feishu/abort';
import { listed } from '../../listed';

/** What is known about a write that has ended with this error. */
export function outcomeOf(error: unknown): Outcome {
	if (error instanceof StoppedError) return error.outcome;
	return (error instanceof FeishuError && error.failure.outcome) || 'notDone';
}

const LOOK = 'Check in Feishu Hire before you run the workflow again.';

/** Errors of writes whose outcome is unknown. */
export const unknownOutcome = {
	/** No such record was found. */
	notFound: (error: unknown) =>
		told(error, {
			title: 'No new record was found, but one may still appear',
			advice: LOOK,
		}),

	/** There are more such records than we meant to write. */
	several: (error: unknown, ids: readonly string[]) =>
		told(error, {
			title: 'The record may already exist',
			advice: `Records with the same content: ${listed(ids)}. ${LOOK}`,
		}),

	/** We could not look for the record. */
	unreadable: (error: unknown) =>
		told(error, {
			title: 'It may have been carried out, but the node could not check',
			advice: LOOK,
		}),

	/** The record was not sent: one will do, and another creation may have made it. */
	anothers: () =>
		new FeishuError({
			message:
				'Not sent, because another item with the same content may already have created the record',
			reaction: 'fail',
			advice: `See the error of that item. ${LOOK}`,
			outcome: 'unknown',
		}),

	/** We cannot tell whether the record is gone. */
	mayBeGone: (error: unknown, id: string) =>
		told(error, { title: `The record ${id} may have been deleted`, advice: LOOK }),

	/** The record to delete still exists. */
	stillThere: (error: unknown, id: string) =>
		told(error, {
			title: `The record ${id} exists, but the deletion may still take effect`,
			advice: LOOK,
		}),

	/** An earlier try of the node has an unknown outcome, and this one ended differently. */
	earlier: (unknown: unknown, error: unknown) => {
		const first = asFeishuError(unknown);
		const latest = error instanceof Error ? error.message : String(error);
		const message = `${first.message}. A later try ended with: ${latest}`;
		return first.with({ message, outcome: 'unknown' });
	},

	/** The record does not have the change. */
	unchanged: (error: unknown, id: string) =>
		told(error, {
			title: `The record ${id} is unchanged, but the change may still take effect`,
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
	message: 'Feishu reported success, but did not return the record',
	reaction: 'fail',
	advice: 'If it keeps happening, tell Feishu support when it ran.',
};

const STOPPED: Failure = {
	message: 'The run ended during the request',
	reaction: 'fail',
	advice: '',
};

function asFeishuError(error: unknown): FeishuError {
	if (error instanceof FeishuError) return error;
	return new FeishuError(error instanceof StoppedError ? STOPPED : WITHOUT_RECORD);
}
