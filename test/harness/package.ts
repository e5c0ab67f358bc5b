import path from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import { core, loadableDirectory, repositoryDirectory, withDomainFields } from './engine';

/** n8n's prefix for nodes loaded from a custom folder instead of an installed package. */
const CUSTOM_PREFIX = 'CUSTOM';

/** A community node package, as n8n knows it after loading. */
export interface LoadedPackage {
	/** The npm name, which is the prefix of the node types. */
	name: string;
	/** Where the files were loaded from (a copy, if the engine is not the repository's). */
	directory: string;
	/** Short names of the nodes. */
	nodeNames: string[];
	/** The full type of a node, from a full, CUSTOM. or short name. */
	fullType(type: string): string;
	/** The node of that type; undefined if it is not of this package. */
	node(type: string): INodeType | IVersionedNodeType | undefined;
	/** @throws UnrecognizedCredentialTypeError if the package has no such type */
	credentialType(name: string): ICredentialType;
	/** Full types of the nodes that declare the credential type. */
	supportedNodes(credentialType: string): string[];
	/** The types that this one extends, including their parents (n8n/dist/credential-types.js). */
	parentTypes(credentialType: string): string[];
}

const loaded = new Map<string, Promise<LoadedPackage>>();

/**
 * Loads a built package the way n8n does: `PackageDirectoryLoader` over the `n8n` section of its
 * package.json. Each directory is loaded once per process.
 * @param packageDirectory the package's root; by default the repository's
 * @throws what the loader throws: a missing dist, a class that is not found, a bad description
 */
export async function loadPackage(packageDirectory = repositoryDirectory): Promise<LoadedPackage> {
	const directory = path.resolve(packageDirectory);
	let result = loaded.get(directory);
	if (!result) {
		result = load(loadableDirectory(directory));
		loaded.set(directory, result);
	}
	return await result;
}

async function load(directory: string): Promise<LoadedPackage> {
	const loader = new core.PackageDirectoryLoader(directory);
	await loader.loadAll();
	for (const name of Object.keys(loader.known.credentials)) {
		const { type } = loader.getCredential(name);
		type.properties = withDomainFields(type);
	}

	const { packageName: name } = loader;
	const shortName = (type: string) => type.slice(type.indexOf('.') + 1);
	const belongsHere = (type: string) =>
		[name, CUSTOM_PREFIX, shortName(type)].includes(type.split('.')[0]!);
	const parentTypes = (type: string): string[] => {
		const parents = loader.known.credentials[type]?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...parentTypes(parent)]);
	};
	return {
		name,
		directory: loader.directory,
		nodeNames: Object.keys(loader.known.nodes),
		fullType: (type) => (type.includes('.') ? type : `${name}.${type}`),
		node: (type) =>
			belongsHere(type) && shortName(type) in loader.known.nodes
				? loader.getNode(shortName(type)).type
				: undefined,
		credentialType: (type) => loader.getCredential(type).type,
		supportedNodes: (type) =>
			(loader.known.credentials[type]?.supportedNodes ?? []).map((node) => `${name}.${node}`),
		parentTypes,
	};
}
