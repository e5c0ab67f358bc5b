import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Locator, Page } from '@playwright/test';
import type { Owner } from './rest';
import { waitFor } from './waitFor';

export interface EditorOptions {
	/** n8n's base URL. */
	url: string;
	owner: Owner;
	/** A proxy in place of the internet. It also sees the browser's own calls. */
	proxy: string;
	/** The folder for the pictures. */
	pictures: string;
}

const usualSize = { width: 1280, height: 800 };

/** For a node next to its output. */
export const wideSize = { width: 1600, height: 800 };

/** n8n's editor in a real browser, with what a user does in it. */
export class Editor {
	/** Addresses outside this machine that the pages have called. */
	readonly callsOutside: string[] = [];

	private constructor(
		private readonly browser: Browser,
		private readonly url: string,
		private readonly pictures: string,
		readonly page: Page,
	) {}

	/** Starts the browser and signs in as a user would. */
	static async open({ url, owner, proxy, pictures }: EditorOptions): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: '/usr/bin/chromium',
			// The test runner handles Ctrl-C; Playwright closes the browser with the process.
			handleSIGINT: false,
			handleSIGTERM: false,
			handleSIGHUP: false,
			proxy: { server: proxy, bypass: '127.0.0.1' },
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		const page = await browser.newPage({
			viewport: usualSize,
			deviceScaleFactor: 1.5,
		});
		page.setDefaultTimeout(60_000);
		const editor = new Editor(browser, url, pictures, page);
		page.on('request', (request) => {
			const address = request.url();
			if (/^(https?|wss?):/.test(address) && new URL(address).hostname !== '127.0.0.1') {
				editor.callsOutside.push(address);
			}
		});
		await page.goto(`${url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', owner.email);
		await page.fill('input[name=password]', owner.password);
		await editor.part('form-submit-button').click();
		await page.waitForURL(/home|workflow/);
		return editor;
	}

	/** A page for someone who has no n8n account but knows the password. */
	async visitor(httpCredentials: { username: string; password: string }): Promise<Page> {
		const context = await this.browser.newContext({ httpCredentials, acceptDownloads: true });
		// The fonts of n8n's forms come from elsewhere.
		await context.route(
			({ hostname }) => hostname !== '127.0.0.1',
			async (route) => await route.abort(),
		);
		return await context.newPage();
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** An element, by the ID that n8n's own tests use. */
	part(testId: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${testId}"]`);
	}

	/** The panel on the right of an open node. */
	get output(): Locator {
		return this.part('output-panel');
	}

	/** Opens a node of a stored workflow. */
	async openNode(workflowId: string, nodeId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		await this.part('node-parameters').waitFor();
	}

	/** Opens a stored workflow. */
	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Works with a window of another size. */
	async enlarged(
		size: { width: number; height: number },
		work: () => Promise<void>,
	): Promise<void> {
		await this.page.setViewportSize(size);
		try {
			await work();
		} finally {
			await this.page.setViewportSize(usualSize);
		}
	}

	/** The zoom of the canvas once it has settled; 1 is full size. */
	async zoom(): Promise<number> {
		const canvas = this.page.locator('.vue-flow__transformationpane');
		const place = async () => (await canvas.getAttribute('style')) ?? '';
		let before = '';
		const settled = await waitFor('the canvas to stand still', async () => {
			const now = await place();
			const isStill = now === before && now.includes('scale');
			before = now;
			return isStill && now;
		});
		return Number(/scale\(([\d.]+)/.exec(settled)?.[1]);
	}

	/** Clicks "Execute workflow". */
	async executeWorkflow(): Promise<void> {
		await this.part('execute-workflow-button').first().click();
	}

	/** Publishes the workflow that is shown. */
	async publish(): Promise<void> {
		await this.part('workflow-open-publish-modal-button').click();
		await this.part('workflow-publish-button').click();
	}

	/** Waits until a node on the canvas has its green tick. */
	async succeeded(nodeName: string): Promise<void> {
		await this.part('canvas-node-status-success', this.canvasNode(nodeName)).waitFor();
	}

	/** Opens a node of the workflow that is shown, with its output. */
	async openNodeOnCanvas(nodeName: string): Promise<void> {
		await this.canvasNode(nodeName).dblclick();
		await this.part('node-parameters').waitFor();
	}

	private canvasNode(name: string): Locator {
		return this.part('canvas-node').filter({ hasText: name });
	}

	/** Opens an empty workflow and its list of nodes. */
	async openNodeList(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-plus-button').or(this.part('canvas-add-button')).first().click();
		await this.part('node-creator-search-bar').waitFor();
	}

	/** Types into the search of the node list. @returns the entries with that name */
	async search(word: string, nodeName: string | RegExp): Promise<Locator> {
		const found = this.part('node-creator-item-name').filter({ hasText: nodeName });
		await this.part('node-creator-search-bar').fill('');
		await found.waitFor({ state: 'detached' });
		await this.part('node-creator-search-bar').fill(word);
		await found.first().waitFor();
		return found.first();
	}

	/** An entry of the panel that opens if a node with several actions is picked. */
	action(text: string): Locator {
		return this.part('node-creator-item-name').filter({ hasText: text }).first();
	}

	/** The names of the parameters that are shown, from top to bottom. */
	async parameterNames(): Promise<string[]> {
		const labels = this.part('node-parameters').locator('label, [data-test-id=input-label]');
		const texts = await labels.filter({ visible: true }).allInnerTexts();
		return [...new Set(texts.map((text) => text.split('\n')[0]!.trim()))].filter(Boolean);
	}

	/** Picks an option of a drop-down parameter. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).click();
		const items = this.part('parameter-input-item').filter({ visible: true });
		await items.filter({ hasText: new RegExp(`^\\s*${option}`) }).click();
	}

	/** Picks a credential for the open node. */
	async chooseCredential(id: string): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.part(`node-credentials-select-item-${id}`).click();
	}

	/** Opens the list of a resource locator. @returns the rows */
	async openList(parameter: string): Promise<Locator> {
		await this.part('rlc-input', this.part(`resource-locator-${parameter}`)).click();
		return this.listRows;
	}

	/** Types into the search of the open list. @returns the rows */
	async filterList(text: string): Promise<Locator> {
		const search = '[data-test-id=rlc-search]';
		await this.page.locator(`input${search}, ${search} input`).filter({ visible: true }).fill(text);
		return this.listRows;
	}

	/**
	 * Runs the nodes before the open one, and drags a field of its input into a parameter, like a
	 * column of a sheet.
	 */
	async dragInput(name: string, parameter: string): Promise<void> {
		const { mouse } = this.page;
		const input = this.part('ndv-input-panel');
		await this.execute(input.locator('[data-test-id^=execute-previous-node]').first());
		await input.locator(`[data-target=mappable][data-name=${name}]`).hover();
		await mouse.down();
		const target = this.part(`parameter-input-${parameter}`);
		await target.hover();
		await mouse.up();
		// n8n inserts the expression a moment later.
		await target.filter({ hasText: '$json' }).waitFor();
	}

	/** The mode of a resource locator, in the words of its form. */
	async modeOf(parameter: string): Promise<string> {
		const locator = this.part(`resource-locator-${parameter}`);
		return await this.part('rlc-mode-selector', locator).locator('input').inputValue();
	}

	private get listRows(): Locator {
		return this.part('rlc-item').filter({ visible: true });
	}

	/** The cells of the output as a table, row by row; the first row is the header. */
	async table(): Promise<string[][]> {
		await this.part('radio-button-table', this.output).click();
		await this.output.locator('tbody tr').first().waitFor();
		const rows = await this.output.locator('tr').allInnerTexts();
		return rows.map((row) => row.split('\t').map((cell) => cell.trim()));
	}

	/** What "Add option" of Options, the last collection, offers. */
	async optionNames(): Promise<string[]> {
		await this.part('collection-parameter-add').last().click();
		const offered = this.part('collection-parameter-option').filter({ visible: true });
		await offered.first().waitFor();
		const names = await offered.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return names.map((name) => name.trim());
	}

	/**
	 * Clicks a button that runs nodes, and waits until the editor has read the result, good or bad.
	 * n8n enables the button too early, and then never shows a run that was started before. The sign
	 * of success or failure does not mark the end: n8n leaves it out if the browser's clock says that
	 * a parameter changed after the run began.
	 * @param button "Execute step" by default
	 */
	async execute(button = this.part('node-execute-button')): Promise<void> {
		const isResult = (address: string) =>
			/\/rest\/executions\/\d+$/.test(new URL(address).pathname);
		const [result] = await Promise.all([
			this.page.waitForResponse((response) => isResult(response.url())),
			button.click(),
		]);
		await result.finished();
	}

	/** Downloads the file in the output. @returns the name under which it is saved, and its content */
	async downloadFile(): Promise<{ name: string; content: Buffer }> {
		await this.part('radio-button-binary', this.output).click();
		const [download] = await Promise.all([
			this.page.waitForEvent('download'),
			this.part('ndv-download-binary-data', this.output).click(),
		]);
		return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
	}

	/** Moves the parameters to the left, so that the output shows more columns. */
	async widenOutput(): Promise<void> {
		const handle = await this.part('panel-drag-button').boundingBox();
		if (!handle) throw new Error('the panels have no handle');
		const y = handle.y + handle.height / 2;
		await this.page.mouse.move(handle.x + handle.width / 2, y);
		await this.page.mouse.down();
		await this.page.mouse.move(260, y, { steps: 8 });
		await this.page.mouse.up();
	}

	/** Takes a picture for the README, in a window as wide as the panels need. */
	async picture(name: string, size = usualSize): Promise<void> {
		await this.page.setViewportSize(size);
		await this.tidy();
		const jpeg = await this.page.screenshot({
			type: 'jpeg',
			quality: 85,
			animations: 'disabled',
		});
		this.write(`${name}.jpg`, jpeg);
		await this.page.setViewportSize(usualSize);
	}

	/** One frame of an animation. @returns a PNG with one pixel per pixel of the page */
	async still(): Promise<Buffer> {
		await this.tidy();
		return await this.page.screenshot({ type: 'png', scale: 'css', animations: 'disabled' });
	}

	/** Writes a file next to the pictures. */
	write(name: string, content: Uint8Array): void {
		mkdirSync(this.pictures, { recursive: true });
		writeFileSync(path.join(this.pictures, name), content);
	}

	/** Removes messages that would fade by themselves, and the mouse pointer. */
	private async tidy(): Promise<void> {
		for (const message of await this.page.locator('.el-notification').all()) {
			await message.evaluate((element: { remove(): void }) => element.remove());
		}
		await this.page.mouse.move(640, 5);
	}
}
