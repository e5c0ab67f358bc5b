import { jsonAnswer, jsonBody, specialAttachments } from '../../../sandbox';
import { answering } from './fileHost';
import { namesOf, sizesOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();

const { pdf } = specialAttachments;

test.each([
	['', pdf.name],
	[null, pdf.name],
	['新名字.pdf', '新名字.pdf'],
	['/etc/passwd', 'passwd'],
])(
	'the name is the one Feishu gives with the address (%j), else the listed one',
	async (name, fileName) => {
		const { addCheck, download, sandbox } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api: 'attachment', do: answering({ name }) });
		expect(namesOf((await download()).output()[0])).toEqual([fileName]);
	},
);

test('a hostile name or ID never gets into a path', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([specialAttachments.hostileName]);
	const [item] = (await download()).output();
	expect(item!.binary?.attachment_0).toMatchObject({ fileName: '_CON.pdf' });
	expect(item!.binary?.attachment_0).not.toHaveProperty('directory');

	sandbox.fault({
		api: 'batch_query',
		do: (_request, answer) =>
			jsonAnswer(200, {
				...jsonBody(answer),
				data: { items: [{ attachment_list: [{ id: '../../token?x=/a' }] }], has_more: false },
			}),
	});
	sandbox.fault({
		api: 'attachment',
		do: () =>
			jsonAnswer(200, {
				code: 0,
				data: { attachment: { url: `${sandbox.url}/elsewhere`, name: '..' } },
			}),
	});
	sandbox.fault({ api: 'other', do: { kind: 'answer', status: 200, body: 'file' } });
	const [odd] = (await download()).output();
	expect(sandbox.requests('attachment').at(-1)?.path).toContain('..%2F..%2Ftoken%3Fx%3D%2Fa');
	expect(odd!.binary?.attachment_0).toMatchObject({ fileName: 'a' });
	expect(odd!.binary?.attachment_0).not.toHaveProperty('directory');
});

test('equal names within a check are kept apart', async () => {
	const { addCheck, download } = await openTenant();
	const name = '报告.pdf';
	addCheck([
		{ name, size: 700 },
		{ name, size: 710 },
		{ name: '报告.PDF', size: 720 },
	]);
	const [item] = (await download()).output();
	expect(namesOf(item)).toEqual(['报告.pdf', '报告 (2).pdf', '报告 (3).PDF']);
	expect(await sizesOf(item)).toEqual([700, 710, 720]);
});
