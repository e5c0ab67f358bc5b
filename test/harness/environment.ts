import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';
import { prepareEnvironment } from './scratch';

prepareEnvironment();

/**
 * Jest's Node environment, plus Node's own `require`. Jest reloads every module for each test file,
 * which takes seconds for n8n's engine. So the harness loads it through this one, once per worker.
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
