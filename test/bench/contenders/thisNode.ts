import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { activatePoll } from '../../harness';
import { useBinaryMode } from '../../harness/binary';
import { container, core } from '../../harness/engine';
import { DATE_MS, fileOf, RESULT, type Creating, type Reading } from '../work';
import { inputItems, type Contender, type Ready, type Target } from './contender';
import { runOnEngine, storeCredential } from './engine';

const VALUE = '={{ $json.value }}';

/** Has the parameters of both nodes; each reads its own. */
function queryOf({ kind }: Reading): INodeParameters {
	switch (kind) {
		case 'ids':
			return { operation: 'getByIds', externalBackgroundCheckIds: VALUE, orderIds: VALUE };
		case 'applications':
			return { operation: 'getByApplication', externalApplicationId: VALUE, returnAll: true };
		case 'candidates': {
			const candidate = { __rl: true, mode: 'value', value: VALUE };
			return { operation: 'getByCandidate', candidate, returnAll: true };
		}
		case 'all':
			return { operation: 'getMany', returnAll: true };
	}
}

const creationOf = ({ fileBytes, onCandidates = false }: Creating): INodeParameters => ({
	resource: 'externalBackgroundCheck',
	operation: 'create',
	recordOn: onCandidates ? 'candidate' : 'externalApplication',
	candidate: { __rl: true, mode: 'value', value: '={{ $json.email }}' },
	externalApplicationId: { __rl: true, mode: 'id', value: '={{ $json.applicationId }}' },
	name: '={{ $json.name }}',
	result: RESULT,
	date: new Date(DATE_MS).toISOString(),
	...(fileBytes !== undefined && { attachments: 'data' }),
});

/** Gives each item a file, stored on disk by n8n. */
async function addFiles(items: INodeExecutionData[], bytes: number): Promise<void> {
	await useBinaryMode('filesystem');
	const location = { type: 'execution', workflowId: 'bench', executionId: 'bench' } as const;
	const service = container.get(core.BinaryDataService);
	for (const [n, item] of items.entries()) {
		const metadata = { data: '', fileName: `背调报告${n}.pdf`, mimeType: 'application/pdf' };
		item.binary = { data: await service.store(location, fileOf(n, bytes), metadata) };
	}
}

/** The part of an output item that is read; of a failed item, its error. */
interface OutputRow {
	id?: string;
	order_id?: string;
	name?: string;
	error?: { message: string };
}

/** The trigger, active and after its first poll; ready for the next two. */
async function trigger(target: Target): Promise<Ready> {
	const { credentials } = storeCredential(target);
	const events = ['orderCreated', 'orderStatusChanged', 'orderReportAdded', 'orderCompleted'];
	const { run } = await activatePoll({
		credentials,
		type: 'feishuHireTrigger',
		parameters: { events },
	});
	await run();
	return async () => {
		const items = [...((await run()) ?? []), ...((await run()) ?? [])];
		const eventsOf = ({ json }: INodeExecutionData) =>
			(json.events as string[]).map((event) => `${json.order_id as string} ${event}`);
		return { rows: () => items.flatMap(eventsOf), errors: [] };
	};
}

/** This package's nodes on n8n's engine, with their defaults for anything that the settings leave open. */
export const thisNode: Contender = async (target, work, settings) => {
	// The other contenders do not look for existing records before they create.
	const { requestsPerSecond, timeoutMs, ifIdenticalExists = 'create', stop } = settings;
	if (work.kind === 'poll') return await trigger(target);
	const { credentials } = storeCredential(target);
	const items = inputItems(work);
	const timeout = { ...(timeoutMs !== undefined && { timeout: timeoutMs }) };
	const isCreating = work.kind === 'create';
	if (isCreating && work.fileBytes !== undefined) await addFiles(items, work.fileBytes);
	const options = { ...timeout, ...(requestsPerSecond !== undefined && { requestsPerSecond }) };
	return async () => {
		const { items: output, errors } = await runOnEngine(
			{
				credentials,
				items,
				...(isCreating
					? {
							type: 'feishuHire',
							parameters: { ...creationOf(work), options: { ...timeout, ifIdenticalExists } },
							binaryMode: 'filesystem',
							nodeSettings: { onError: 'continueRegularOutput' },
						}
					: {
							type: work.of ? 'feishuHire' : 'queryExternalBackgroundChecks',
							parameters: {
								...(work.of && { resource: 'backgroundCheckOrder' }),
								...queryOf(work),
								options,
							},
						}),
			},
			stop,
		);
		const rows = output.map(({ json }) => json as OutputRow);
		const failed = rows.flatMap(({ error }) => error?.message ?? []);
		return {
			// The sandbox knows what was really created; this is what the node says.
			rows: () =>
				rows.flatMap(({ id, order_id = id, name }) => (isCreating ? id && name : order_id) ?? []),
			errors: [...errors, ...failed],
		};
	};
};
