import { readItemQuery } from '../../nodes/QueryExternalBackgroundChecks/readParameters';
import { sourceOf } from './parameterSource';

/** Reads an item's query from parameters as n8n resolves them. */
const read = (parameters: Record<string, unknown>) => readItemQuery(sourceOf(parameters), 0);

const application = { operation: 'getByApplication', externalApplicationId: '6960663240925956660' };
const downloading = { ...application, downloadAttachments: true };

test('attachments have settings of their own', () => {
	expect(read(downloading).attachments).toEqual({
		type: 3,
		prefix: 'attachment_',
		maxBytes: 50 * 1024 * 1024,
		timeoutMs: 60_000,
	});
	const attachmentOptions = { attachmentType: 1, attachmentsPrefix: 'a', maxAttachmentSizeMb: 1 };
	expect(read({ ...downloading, attachmentOptions }).attachments).toMatchObject({
		type: 1,
		prefix: 'a',
		maxBytes: 1024 * 1024,
	});
	expect(read({ ...application, attachmentOptions: 'x' })).not.toHaveProperty('attachments');
});

test.each([
	[
		'a switch that is none',
		{ downloadAttachments: 'x' },
		"'Download Attachments' is text, not true",
	],
	['options that are none', { attachmentOptions: 'x' }, "'Attachment Options' is text, not a"],
	[
		'an unknown type',
		{ attachmentOptions: { attachmentType: 4 } },
		"'Attachment Type' has a value",
	],
	[
		'a size of nothing',
		{ attachmentOptions: { maxAttachmentSizeMb: 0 } },
		"'Max Attachment Size (MB)' is 0, not",
	],
	[
		'pages, which hold many checks',
		{ options: { responseFormat: 'pages' } },
		`'Download Attachments' does not work with the Response Format "Pages"`,
	],
])('refuses %s and names the parameter', (_what, parameters, message) => {
	expect(() => read({ ...downloading, ...parameters })).toThrow(message);
});

test.each([1, 2, 3])('takes the type %i', (attachmentType) => {
	const { attachments } = read({ ...downloading, attachmentOptions: { attachmentType } });
	expect(attachments?.type).toBe(attachmentType);
});

test.each(['a', 'attachment_', '_', '0-9', 'x'.repeat(64)])('takes the prefix %j', (prefix) => {
	const attachmentOptions = { attachmentsPrefix: prefix };
	expect(read({ ...downloading, attachmentOptions }).attachments?.prefix).toBe(prefix);
});

test.each([7, '', 'a b', '-a', ' a', 'a.b', '附件', 'x'.repeat(65)])(
	'refuses the prefix %j',
	(attachmentsPrefix) => {
		const attachmentOptions = { attachmentsPrefix };
		expect(() => read({ ...downloading, attachmentOptions })).toThrow(
			"'Attachments Prefix' is not the beginning of a field name",
		);
	},
);
