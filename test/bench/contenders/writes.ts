import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { useBinaryMode } from '../../harness/binary';
import { container, core } from '../../harness/engine';
import type { Target } from '../work';
import { DATE_MS, fileOf, RESULT, writtenItems, type Writing } from '../writing';
import type { Ready, Settings } from './contender';
import { runOnEngine, storeCredential } from './engine';

const NAME = '={{ $json.name }}';

function parametersOf(work: Writing, timeout?: number): INodeParameters {
	const resource = 'externalBackgroundCheck';
	const options = { ...(timeout !== undefined && { timeout }) };
	if (work.kind === 'update') {
		const fields = { checkId: '={{ $json.id }}', updateFields: { name: NAME } };
		return { resource, operation: 'update', ...fields, options };
	}
	return {
		resource,
		operation: 'create',
		externalApplicationId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		name: NAME,
		result: RESULT,
		date: new Date(DATE_MS).toISOString(),
		...(work.fileBytes !== undefined && { attachments: 'data' }),
		options,
	};
}

/** What is read of an output item: of one that failed its error. */
interface WrittenRow {
	id?: string;
	name: string;
	error?: { message: string };
}

/** A file of n8n's, on disk. */
async function storedFile(number: number, bytes: number) {
	const location = { type: 'execution', workflowId: 'bench', executionId: 'bench' } as const;
	const metadata = { data: '', fileName: `背调报告${number}.pdf`, mimeType: 'application/pdf' };
	const service = container.get(core.BinaryDataService);
	return await service.store(location, fileOf(number, bytes), metadata);
}

async function itemsOf(work: Writing): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = writtenItems(work).map((json) => ({ json }));
	if (work.kind !== 'create' || work.fileBytes === undefined) return items;
	await useBinaryMode('filesystem');
	for (const [number, item] of items.entries()) {
		item.binary = { data: await storedFile(number, work.fileBytes) };
	}
	return items;
}

/**
 * This package's node that writes, on n8n's engine.
 * @param work whose files are made before the clock starts
 * @returns what it says that it has written; what is there the sandbox knows
 */
export async function writeWithNode(
	target: Target,
	work: Writing,
	{ timeoutMs, stop }: Settings,
): Promise<Ready> {
	const { credentials } = storeCredential(target);
	const items = await itemsOf(work);
	return async () => {
		const { items: written, errors } = await runOnEngine(
			{
				credentials,
				type: 'feishuHire',
				parameters: parametersOf(work, timeoutMs),
				items,
				binaryMode: 'filesystem',
				nodeSettings: { onError: 'continueRegularOutput' },
			},
			stop,
		);
		const rows = written.map(({ json }) => json as unknown as WrittenRow);
		const failed = rows.flatMap(({ error }) => error?.message ?? []);
		const names = rows.flatMap(({ id, name }) => (id === undefined ? [] : [name]));
		return { ids: () => names, errors: [...errors, ...failed] };
	};
}
