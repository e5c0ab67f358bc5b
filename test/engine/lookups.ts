import type { IDataObject, INode } from 'n8n-workflow';
import type * as LookupModule from '../../nodes/shared/hire/people/candidateLookup';
import type { CandidateLookup } from '../../nodes/shared/hire/people/candidateLookup';
import type { CandidateQuestion } from '../../nodes/shared/hire/people/candidateQuestion';
import type * as NodeErrorsModule from '../../nodes/shared/nodeErrors';
import { packageModule } from '../harness';
import { withClient } from '../harness/client';
import type { Tenant } from '../harness/tenant';

const { toErrorJson } = packageModule<typeof NodeErrorsModule>('nodes/shared/nodeErrors');

export const { CandidateLookup: Lookup } = packageModule<typeof LookupModule>(
	'nodes/shared/hire/people/candidateLookup',
);

/** The result, or its error as a failed item shows it. */
export async function told<T>(work: () => Promise<T>): Promise<T | IDataObject> {
	try {
		return await work();
	} catch (error) {
		return toErrorJson({ type: 'feishuHire' } as INode, error);
	}
}

/** The answer to each question: the IDs of its talents, or its error. */
export const answersOf = async (
	lookup: CandidateLookup,
	questions: readonly CandidateQuestion[],
): Promise<unknown[]> =>
	await Promise.all(
		questions.map(
			async (question) =>
				await told(async () => (await lookup.talentsOf(question)).map(({ id }) => id)),
		),
	);

/** The answer to each question of a run. */
export async function ask(
	tenant: Tenant,
	questions: readonly CandidateQuestion[],
): Promise<unknown[]> {
	return await withClient(
		tenant,
		async (client) => await answersOf(new Lookup(client, questions), questions),
	);
}

export const byEmail = (value: string): CandidateQuestion => ({ by: 'email', value });
export const byPhone = (value: string, mobileCode = '86'): CandidateQuestion => ({
	by: 'phone',
	mobileCode,
	value,
});
export const byName = (value: string): CandidateQuestion => ({ by: 'name', value });

/** How many values each look-up by contact asked for. */
export const sizesOf = (tenant: Tenant): number[] =>
	tenant.sandbox.requests('batch_get_id').map(({ body }) => {
		const { email_list = [], mobile_number_list = [] } = JSON.parse(body) as {
			email_list?: string[];
			mobile_number_list?: string[];
		};
		return email_list.length + mobile_number_list.length;
	});

/** A successful answer with this as its data. */
export const data = (value: unknown) => ({
	kind: 'answer' as const,
	status: 200,
	body: { code: 0, data: value },
});
