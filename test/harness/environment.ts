import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';
import { prepareEnvironment } from './scratch';

prepareEnvironment();

/**
 * Jest's Node environment, plus a `require` of Node itself. Jest loads every module anew for each test
 * file; n8n's engine takes seconds for that, so the harness loads it through this one, once per worker.
 */
export default class EngineEnvironment extends TestEnvironment {
	constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
		super(config, context);
		this.global.createNativeRequire = createRequire;
		// Tests of the sandbox itself start from its own readings.
		if (/[\\/]test[\\/](sandbox|probe)[\\/]/.test(context.testPath))
			delete this.global.process.env.SANDBOX_AS;
	}
}
