import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileContent, fixtureChecks } from '../../../sandbox';
import type { Execution } from '../lib/executions';
import { N8n } from '../lib/n8n';
import { ownTest, test } from '../lib/test';
import { exampleWorkflows, manualTrigger, queryNode, workflowOf } from '../lib/workflows';
import type { WorkflowJson } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';

const queryName = 'Query External Background Checks';

/** The only folder that n8n 2 lets workflows write to, in the home folder. */
export const folderOf = ({ n8n }: OwnWorld): string => path.join(n8n.userFolder, '.n8n-files');

/** What `examples/file-background-check-reports.json` needs, and what it leaves behind. */
export const fileReportsExample = {
	prepare: (world: OwnWorld): void => {
		rmSync(folderOf(world), { recursive: true, force: true });
		mkdirSync(folderOf(world));
	},
	check: async (execution: Execution, world: OwnWorld): Promise<void> => {
		const { sandbox } = world;
		const expected = new Map<string, Buffer>();
		for (const { id, attachment_list: files } of sandbox.checks.all()) {
			for (const file of files ?? []) {
				const isNew = !expected.has(`${id} ${file.name}`);
				const name = isNew ? file.name : file.name.replace(/\.\w+$/, ' (2)$&');
				expected.set(`${id} ${name}`, await buffer(fileContent(file).open()));
			}
		}
		assert.ok(expected.size > 100, `only ${expected.size} files in the sandbox`);
		assert.deepEqual(readdirSync(folderOf(world)).sort(), [...expected.keys()].sort());
		for (const [name, content] of expected) {
			const written = readFileSync(path.join(folderOf(world), name));
			assert.ok(written.equals(content), `${name} differs from what Feishu served`);
		}
		assert.equal(execution.items('Write to Disk').length, expected.size);
	},
};

/** Report files in each of n8n's storage modes. */
export function attachmentTests(): void {
	const example = exampleWorkflows().find(
		({ file }) => file === 'file-background-check-reports.json',
	);
	for (const mode of ['filesystem', 'database']) {
		ownTest(`binary mode ${mode}: every file goes through n8n byte for byte`, async ({ world }) => {
			ownTest.setTimeout(120_000);
			const { sandbox, n8n, executions, install, outside } = world;
			assert.ok(example);
			fileReportsExample.prepare(world);
			const other = await N8n.prepare({
				install,
				userFolder: n8n.userFolder,
				env: { ...outside.env, N8N_DEFAULT_BINARY_DATA_MODE: mode },
			});
			const execution = executions.fromCommand(await other.execute(example.workflow.id));
			await fileReportsExample.check(execution, world);
			const files = execution.items(queryName).flatMap((item) => Object.values(item.binary ?? {}));
			const modes = new Set(files.map(({ id }) => id?.split(':')[0]!.replace('-v2', '')));
			assert.deepEqual([...modes], [mode]);
			assert.ok(sandbox.requests('file').every(({ headers }) => !headers.authorization));
		});
	}
}

/** Report files in the output panel. */
export function attachmentEditorTests(): void {
	const check = fixtureChecks().find(({ id }) => id === '6989202908470446380');
	const [file] = check?.attachment_list ?? [];

	/** A workflow that downloads the file. */
	function download(settings: Record<string, unknown>): WorkflowJson {
		const query = queryNode(
			{
				operation: 'getByIds',
				externalBackgroundCheckIds: check?.id,
				downloadAttachments: true,
			},
			queryName,
		);
		const workflow = workflowOf('Report', manualTrigger(), query);
		Object.assign(workflow.settings, settings);
		return workflow;
	}

	test('a report is downloaded from the output panel, byte for byte', async ({ editor, open }) => {
		await open(download({}));
		await editor.execute();
		await editor.part('radio-button-binary', editor.output).click();
		await editor.output.getByText(file!.name).first().waitFor();
		const [downloaded] = await Promise.all([
			editor.page.waitForEvent('download'),
			editor.part('ndv-download-binary-data', editor.output).click(),
		]);
		assert.equal(downloaded.suggestedFilename(), file!.name);
		const content = await buffer(fileContent(file!).open());
		assert.ok(content.equals(readFileSync(await downloaded.path())));
	});

	test('it opens as a PDF there, with the files in the JSON (binary mode "combined")', async ({
		editor,
		open,
	}) => {
		await open(download({ binaryMode: 'combined' }));
		await editor.execute();
		await editor.part('radio-button-schema', editor.output).click();
		await editor.output.locator('.binary-controls [data-icon=eye]').click();
		const viewer = editor.page.locator(`iframe[title="${file!.name}"]`);
		await viewer.waitFor();
		const shown = await editor.page.evaluate(
			async (url) => {
				const answer = await fetch(url);
				const bytes = [...new Uint8Array(await answer.arrayBuffer())];
				return { type: answer.headers.get('content-type'), bytes };
			},
			(await viewer.getAttribute('src')) ?? '',
		);
		assert.equal(shown.type, 'application/pdf');
		const content = await buffer(fileContent(file!).open());
		assert.ok(content.equals(Buffer.from(shown.bytes)));
	});
}
