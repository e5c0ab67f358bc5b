import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A row of n8n's table of credentials. */
interface Row {
	id: string;
	name: string;
	type: string;
	/** JSON, so that nobody keeps a reference to a stored object. */
	json: string;
}

/** A row, as it is read. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * Imitates n8n's credentials table: what is stored stays stored across runs. Stores plain text,
 * because nothing under test sees the encrypted form.
 */
export class CredentialStore {
	/** How often a caller asked n8n for a decrypted credential (each is a database read). */
	decryptions = 0;

	/** How often n8n itself wrote a credential, that is, stored a new token. */
	updates = 0;

	private readonly rows = new Map<string, Row>();

	/** Stores a new credential as given. Missing fields stay missing, as after an import. */
	add(
		type: string,
		data: ICredentialDataDecryptedObject,
		id = `credential${this.rows.size + 1}`,
	): { id: string; name: string } {
		const name = `${type} ${id}`;
		this.rows.set(id, { id, name, type, json: JSON.stringify(data) });
		return { id, name };
	}

	/**
	 * What is stored, as stored: without defaults, expressions unresolved.
	 * @throws if there is no such credential
	 */
	read(id: string): ICredentialDataDecryptedObject {
		return this.find(id).data;
	}

	/**
	 * Saves an edit as the editor and `PATCH /rest/credentials/:id` do. Hidden and password fields
	 * are sent as a blank value that means "as stored", so everything that is not in the patch is
	 * kept, including an old token. A field patched to `undefined` is removed (REST without the key).
	 */
	edit(
		id: string,
		patch: Record<string, ICredentialDataDecryptedObject[string] | undefined>,
	): void {
		this.row(id).json = JSON.stringify({ ...this.find(id).data, ...patch });
	}

	resetCounters(): void {
		this.decryptions = 0;
		this.updates = 0;
	}

	/** The credential with its type. @throws if there is none */
	find(id: string): StoredCredential {
		const { name, type, json } = this.row(id);
		return { id, name, type, data: JSON.parse(json) as ICredentialDataDecryptedObject };
	}

	/** The first credential of that type, if any. */
	firstOfType(type: string): StoredCredential | undefined {
		const row = [...this.rows.values()].find((candidate) => candidate.type === type);
		return row && this.find(row.id);
	}

	/**
	 * n8n's own access. Answers asynchronously, as a database does, so that a race between two
	 * callers shows.
	 * @throws with n8n's words if the ID is missing or unknown, or the type is another
	 */
	async select(id: string | null | undefined, type: string): Promise<StoredCredential> {
		await nextTurn();
		if (!id) throw new Error('Found credential with no ID.');
		if (this.rows.get(id)?.type !== type) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return this.find(id);
	}

	/** n8n's own write of a whole credential; counted. */
	async update(id: string, data: ICredentialDataDecryptedObject): Promise<void> {
		await nextTurn();
		this.updates += 1;
		this.row(id).json = JSON.stringify(data);
	}

	private row(id: string): Row {
		const row = this.rows.get(id);
		if (!row) throw new Error(`The harness stores no credential "${id}"`);
		return row;
	}
}
