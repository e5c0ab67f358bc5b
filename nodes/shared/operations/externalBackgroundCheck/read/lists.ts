import type { FeishuClient } from '../../../feishu/client';
import {
	scanBackgroundChecks,
	type BackgroundCheckPage,
	type RequestSettings,
	type Scope,
} from '../../../hire/api/backgroundChecks';

/** Lists that several items need. Each page is read once, and kept for the other items. */
export class SharedLists {
	private readonly lists = new Map<string, SharedPages>();

	constructor(private readonly client: FeishuClient) {}

	/** @throws FeishuError, for every item that reaches the failed page */
	pagesOf(scope: Scope, settings: RequestSettings): AsyncIterable<BackgroundCheckPage> {
		const key = JSON.stringify([scope, settings]);
		const pages =
			this.lists.get(key) ?? new SharedPages(scanBackgroundChecks(this.client, scope, settings));
		this.lists.set(key, pages);
		return pages;
	}
}

class SharedPages {
	private readonly pages: Array<Promise<BackgroundCheckPage | undefined>> = [];

	constructor(private readonly source: AsyncGenerator<BackgroundCheckPage>) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<BackgroundCheckPage> {
		for (let n = 0; ; n++) {
			const page = await (this.pages[n] ??= this.next());
			if (!page) return;
			yield page;
		}
	}

	private async next(): Promise<BackgroundCheckPage | undefined> {
		const next = await this.source.next();
		return next.done ? undefined : next.value;
	}
}
