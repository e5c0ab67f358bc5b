/**
 * `npx tsx test/mutation/run.ts [FILE …]`: lets Stryker change the code that unit tests import, one
 * place at a time, and see whether a unit test fails. Without a FILE it changes all of it, which
 * takes an hour or more.
 */
import path from 'node:path';
import { cachedInstall } from '../../scripts/cachedInstall';
import { runMain, startProcess } from '../e2e/lib/processes';

void runMain(async () => {
	const installed = await cachedInstall(__dirname);
	const program = path.join(installed, 'node_modules/@stryker-mutator/core/bin/stryker.js');
	const files = process.argv.slice(2);
	const { ended } = startProcess(
		'Stryker',
		process.execPath,
		[
			program,
			'run',
			path.join(__dirname, 'stryker.config.mjs'),
			...(files.length > 0 ? ['--mutate', files.join()] : []),
		],
		{ cwd: path.resolve(__dirname, '../..'), show: true },
	);
	return Number(await ended);
});
