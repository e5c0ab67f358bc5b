const TestSequencer = require('@jest/test-sequencer').default;

/** Small files that run long. Started last, they would run alone after all others are done. */
const LONG = /\btest[\\/](faults|unit[\\/]trigger[\\/]scale|engine[\\/]attachments[\\/]memory)\b/;

/** Jest's order, which is by size until it has seen how long each file takes, as in a fresh clone. */
module.exports = class LongFirst extends TestSequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isLong = ({ path, duration }) => duration === undefined && LONG.test(path);
		return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
	}
};
