import path from 'node:path';

/**
 * Loads a module as it ships. `dist` has no type declarations, so the caller names the source's:
 * `fromDist<typeof import('../../nodes/shared/inTurns')>('nodes/shared/inTurns')`.
 */
export function fromDist<Module>(name: string): Module {
	return require(path.resolve(__dirname, '../../dist', `${name}.js`)) as Module;
}
