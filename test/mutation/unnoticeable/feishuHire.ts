import { ANY_OTHER_REACTION, type Reasons } from './reasons';

/** Of `nodes/FeishuHire`. */
export const feishuHire: Reasons = {
	'nodes/FeishuHire/execute.ts': [
		{
			code: 'context.getInputData().length === 0',
			reason: 'n8n runs no node without input items.',
		},
		{
			code: "context.getNodeParameter('operation', 0, '')",
			change: "'' →",
			reason: 'Neither is an operation.',
		},
	],
	'nodes/FeishuHire/operations/externalApplication/update.ts': [
		{ code: "reaction: 'fail'", reason: ANY_OTHER_REACTION },
	],
	'nodes/FeishuHire/operations/externalBackgroundCheck/updates.ts': [
		{ code: "throw new Error('An item is in no batch')", reason: 'Every item is in a batch.' },
		{ code: "reaction: 'fail'", reason: ANY_OTHER_REACTION },
		{ code: 'flatMap(({ id }) => id ?? [])', change: '[] →', reason: 'A stored file has an ID.' },
		{
			code: "({ id = '', name = '' })",
			change: "'' →",
			reason: 'A stored file has an ID and a name.',
		},
		{
			code: "before.external_application_id ?? ''",
			change: "'' →",
			reason: 'A check belongs to an application.',
		},
	],
	'nodes/FeishuHire/operations/files.ts': [
		{
			code: "split(/[/\\\\]/).pop() ?? ''",
			change: "'' →",
			reason: '`split` gives one part at least.',
		},
		{
			code: 'context.getInputData()[itemIndex]?.binary',
			change: '?.binary →',
			reason: 'The item that is worked on is there.',
		},
	],
	'nodes/FeishuHire/runItems.ts': [
		{
			code: "stopped?.addEventListener('abort'",
			change: 'stopped?.addEventListener →',
			reason: 'The type allows for no signal, but n8n always gives one.',
		},
		{
			code: 'wishes.length > 0',
			reason: 'Where no item can be read there is nothing to ask Feishu for.',
		},
		{
			code: 'underWay.delete(job)',
			reason: 'Waiting for what has settled takes no time.',
		},
		{
			code: "stopped?.removeEventListener('abort'",
			change: 'stopped?.removeEventListener →',
			reason: 'The type allows for no signal, but n8n always gives one.',
		},
		{
			code: '!hasFailed',
			change: '→ false',
			reason:
				'n8n does not try a node again that has succeeded, and its next run has another number; what is kept goes after an hour.',
		},
	],
	'nodes/FeishuHire/runMemory.ts': [
		{
			code: '...(this.isTool ? [wish] : [])',
			change: '[] →',
			reason: 'One part more in every key tells no key from another.',
		},
		{ code: '{ usedAt: 0 }', change: '{ usedAt: 0 } → {}', reason: 'It is set in the next line.' },
	],
};
