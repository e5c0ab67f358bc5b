import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** One row of n8n's table of credentials. */
interface Row {
	id: string;
	name: string;
	type: string;
	/** JSON, so that nobody holds on to an object that is stored. */
	json: string;
}

/** A row as it is read. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * Imitates n8n's credentials table: what is stored stays stored across runs. It keeps plain text,
 * since nothing under test sees the encrypted form.
 */
export class CredentialStore {
	/** How often a caller asked n8n for a decrypted credential (each is a read of the database). */
	decryptions = 0;

	/** How often n8n wrote a credential by itself, that is: how often a fresh token was stored. */
	updates = 0;

	private readonly rows = new Map<string, Row>();

	/** Stores a new credential as given; fields left out stay out, as after an import. */
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
	 * What is stored, as stored: no defaults, expressions unresolved.
	 * @throws when there is no such credential
	 */
	read(id: string): ICredentialDataDecryptedObject {
		return this.find(id).data;
	}

	/**
	 * Saves an edit as the editor and `PATCH /rest/credentials/:id` do: hidden and password fields
	 * travel as a blank value that stands for "as stored", so all that is not in the patch is kept
	 * — an old token too. A field patched to `undefined` goes away (REST without the key).
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

	/** The credential with its type. @throws when there is none */
	find(id: string): StoredCredential {
		const { name, type, json } = this.row(id);
		return { id, name, type, data: JSON.parse(json) as ICredentialDataDecryptedObject };
	}

	/** The credential added first of that type, if any. */
	firstOfType(type: string): StoredCredential | undefined {
		const row = [...this.rows.values()].find((candidate) => candidate.type === type);
		return row && this.find(row.id);
	}

	/**
	 * n8n's own way in: answers later, as a database does, so that a race between two callers shows.
	 * @throws with n8n's words when the id is missing or unknown, or the type is another
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
