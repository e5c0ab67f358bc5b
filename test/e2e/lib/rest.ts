import axios from 'axios';
import type { Credential } from './credential';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** The owner of the n8n of a run, whose database is thrown away. */
export const owner: Owner = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Sandbox-Owner-1',
};

/** n8n's internal REST API, used as the editor uses it. */
export class Rest {
	private cookie = '';

	/** Every answer so far, to search for secrets. */
	readonly answers: string[] = [];

	/** The IDs of the stored credentials. */
	readonly credentials: string[] = [];

	constructor(readonly url: string) {}

	/**
	 * @param path below `/rest`, or from the root if it starts with two slashes
	 * @returns the `data` of the answer
	 * @throws Error with n8n's own words if the HTTP status is 400 or more
	 */
	async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const text = await this.text(method, path, body);
		const answer: unknown = text === '' ? undefined : JSON.parse(text);
		const isWrapped = typeof answer === 'object' && answer !== null && 'data' in answer;
		return (isWrapped && Object.keys(answer).length === 1 ? answer.data : answer) as T;
	}

	/** Like `call`. @returns the answer as text, such as a CSV file */
	async text(method: string, path: string, body?: unknown): Promise<string> {
		const data = (await this.bytes(method, path, body)).toString('utf8');
		this.answers.push(data);
		return data;
	}

	/** Stores a credential. @returns its ID and name */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<Credential> {
		const made = await this.call<Credential>('POST', '/credentials', { name, type, data });
		this.credentials.push(made.id);
		return made;
	}

	/** @returns the bytes of a file, by its path below `/rest` */
	async file(path: string): Promise<Buffer> {
		return await this.bytes('GET', path);
	}

	/** @throws Error with n8n's own words if the HTTP status is 400 or more */
	private async bytes(method: string, path: string, body?: unknown): Promise<Buffer> {
		const url = this.url + (path.startsWith('//') ? path.slice(1) : `/rest${path}`);
		const { status, headers, data } = await axios.request<Buffer>({
			method,
			url,
			data: body,
			headers: {
				'browser-id': 'e2e',
				cookie: this.cookie,
				// n8n closes idle connections while it loads a large library, and a request on such a
				// connection would fail.
				connection: 'close',
			},
			timeout: 60_000,
			responseType: 'arraybuffer',
			validateStatus: () => true,
			proxy: false,
		});
		const cookies = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		if (status < 400) return data;
		const words = data.toString('utf8');
		this.answers.push(words);
		throw new Error(`${method} ${path} → HTTP ${status}: ${words.slice(0, 500)}`);
	}

	/** Creates the owner of a new n8n, or logs in if there is an owner; keeps the session. */
	async signIn({ email, password, ...names }: Owner): Promise<void> {
		try {
			await this.call('POST', '/owner/setup', { email, password, ...names });
		} catch {
			await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}
}
