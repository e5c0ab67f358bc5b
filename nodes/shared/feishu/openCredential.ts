import {
	appOf,
	CREDENTIAL_TYPE,
	isUsable,
	livesLonger,
	tokenIn,
	tokenOwnerOf,
	type App,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError } from './failure';
import type { NodeContext } from './http';

/** n8n is made to renew a token with a credential that was read no longer ago than this, in ms. */
const FRESH_MS = 1000;

/** The credential of one execution: read once, and again only before a renewal of the token late in it. */
export class OpenCredential {
	app: App;

	/** See {@link tokenOwnerOf}. */
	owner: string;

	/** Monotonic ms. */
	private readAt = performance.now();

	private constructor(
		private readonly context: NodeContext,
		public data: FeishuHireCredential,
	) {
		this.app = appOf(data);
		this.owner = tokenOwnerOf(this.app);
	}

	/** @throws Error in plain words when the base URL cannot be used */
	static async read(context: NodeContext): Promise<OpenCredential> {
		return new OpenCredential(context, await readFrom(context));
	}

	/**
	 * Before a renewal the credential is read again: n8n 1.x stores the whole credential that it is handed
	 * together with the new token, and would undo what somebody has edited since. Another process may
	 * also have renewed the token.
	 *
	 * @param take gets a token that another process has stored
	 * @param refused a token that Feishu has refused
	 * @throws FeishuError when the credential is of another app now: a list cannot go on there
	 */
	async readAgain(take: (token: StoredToken) => void, refused?: StoredToken): Promise<void> {
		if (performance.now() - this.readAt < FRESH_MS) return;
		const data = await readFrom(this.context);
		const app = appOf(data);
		if (app.baseUrl !== this.app.baseUrl || app.appId !== this.app.appId) {
			throw new FeishuError({
				message: 'The credential was changed to another app while the node was running',
				reaction: 'fail',
				advice: 'Run the workflow again: it then works with the new app from the beginning.',
				appWide: true,
			});
		}
		const isNews = data.accessToken !== this.data.accessToken;
		this.readAt = performance.now();
		this.data = data;
		this.app = app;
		this.owner = tokenOwnerOf(app);
		if (isNews && isUsable(data, this.owner, Date.now()) && livesLonger(data, refused)) {
			take(tokenIn(data));
		}
	}
}

const readFrom = async (context: NodeContext) =>
	await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
