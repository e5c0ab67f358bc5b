import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Row, sheets } from '../../harness/sheet';
import type { Editor } from '../lib/editor';
import { ownTest as test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { exampleWorkflows } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';

export const sheetExample = 'look-up-checks-for-spreadsheet-rows.json';

/** The form's login. */
const login = { username: 'recruiting', password: 'password-of-the-form' };

/** Cells as users fill them in, and the answer to each: results, or a remark. */
const messy: Array<[cell: string | number, answer: string[] | RegExp]> = [
	['Lin.Xiaotong@example.com', ['已通过', '进行中', '未通过']],
	[' mailto:zhangsan@example.com. ', ['已通过']],
	[19900000104, ['已通过']],
	['张 三', ['已通过']],
	['\u202a+852 5550-0101\u202c', ['已通过', '进行中', '未通过']],
	['7420000000000000101', ['已通过', '进行中', '未通过']],
	['欧阳建国', /matches 2 candidates/],
	['不知道', /No such candidate/],
	['11010119900307803X', /identity card/],
	['zhao.min＠example.com', /no external application/],
];

/** The example's form, published, opened by someone who knows its address. */
async function atForm(
	{ world, editor }: { world: OwnWorld; editor: Editor },
	work: (page: Page, library: ReturnType<typeof sheets>) => Promise<void>,
): Promise<void> {
	const { executions, install, n8n, rest } = world;
	const credential = await rest.createCredential('Login of the form', 'httpBasicAuth', {
		user: login.username,
		password: login.password,
	});
	const found = exampleWorkflows().find(({ file }) => file === sheetExample);
	assert.ok(found);
	const workflow = structuredClone(found.workflow);
	const address = `sheet-${randomBytes(4).toString('hex')}`;
	const form = workflow.nodes.find(({ type }) => /formTrigger$/.test(type));
	assert.ok(form);
	form.credentials = { httpBasicAuth: credential };
	Object.assign(form.parameters.options as object, { path: address });
	const created = await executions.create(workflow);
	await executions.activate(created);
	const page = await editor.visitor(login);
	try {
		await waitFor('the form', async () => {
			const answer = await page.goto(`${n8n.url}/form/${address}`);
			return answer?.ok();
		});
		await work(page, sheets(createRequire(path.join(install.folder, 'package.json'))));
	} finally {
		await page.context().close();
		await executions.deactivate(created.id);
	}
}

async function upload(page: Page, buffer: Buffer): Promise<void> {
	const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
	await page.setInputFiles('input[type=file]', { name: '候选人.xlsx', mimeType, buffer });
	await page.click('#submit-btn');
}

/** An Excel file goes into the example's form and comes back. */
export function sheetFormTests(): void {
	test('a sheet of ten messy rows goes into the form, and comes back with the checks', async ({
		world,
		editor,
	}) => {
		await atForm({ world, editor }, async (page, { write, read }) => {
			const download = page.waitForEvent('download');
			await upload(page, write(messy.map(([cell], index) => ({ 行: index + 1, 候选人: cell }))));
			const file = await download;
			assert.equal(file.suggestedFilename(), 'background-checks.xlsx');
			const rows = read(readFileSync(await file.path()));
			const expected = messy.flatMap(([, answer], index) =>
				(Array.isArray(answer) ? answer : ['']).map((result) => [index + 1, result]),
			);
			assert.deepEqual(
				rows.map(({ 行: line, Result: result }) => [line, result]),
				expected,
			);
			for (const row of rows) {
				const [cell, answer] = messy[Number(row.行) - 1] ?? [];
				assert.equal(row.候选人, cell);
				if (answer instanceof RegExp) assert.match(String(row.Remark), answer);
				else assert.equal(row.Remark, '');
			}
			await page.getByText('Done 查完了').waitFor();
		});
	});

	test('the form names the column that a sheet does not have', async ({ world, editor }) => {
		await atForm({ world, editor }, async (page, { write }) => {
			const rows: Row[] = [{ 工号: 17, 部门: '产品' }];
			await upload(page, write(rows));
			await page.getByText('The sheet needs a column Candidate').waitFor();
			await page.getByText('工号, 部门').waitFor();
		});
		await atForm({ world, editor }, async (page) => {
			await upload(page, Buffer.from('PK\u0003\u0004 no Excel sheet'));
			await page.getByText('This file is not an Excel sheet').waitFor();
		});
	});
}
