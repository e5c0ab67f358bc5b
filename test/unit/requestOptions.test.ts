import {
	readRequestOptions,
	requestsPerSecondOption,
	timeoutOption,
} from '../../nodes/shared/form/requestOptions';

test('what is not set has its default', () => {
	expect(readRequestOptions({})).toEqual({ timeoutMs: 60_000, requestsPerSecond: 10 });
});

test.each([
	[
		{ timeout: 1, requestsPerSecond: 1 },
		{ timeoutMs: 1, requestsPerSecond: 1 },
	],
	[
		{ timeout: 3_600_000, requestsPerSecond: 100 },
		{ timeoutMs: 3_600_000, requestsPerSecond: 100 },
	],
	[{ requestsPerSecond: 1.5 }, { timeoutMs: 60_000, requestsPerSecond: 1.5 }],
])('%j is taken', (options, settings) => {
	expect(readRequestOptions(options)).toEqual(settings);
});

test.each([
	[{ timeout: 0 }, 'Timeout'],
	[{ timeout: 3_600_001 }, 'Timeout'],
	[{ timeout: 1.5 }, 'Timeout'],
	[{ requestsPerSecond: 0.9 }, 'Requests per Second'],
	[{ requestsPerSecond: 101 }, 'Requests per Second'],
])('%j is refused, and the option named', (options, label) => {
	expect(() => readRequestOptions(options)).toThrow(label);
});

test('a model that calls the node as a tool does not see them', () => {
	for (const { displayOptions } of [requestsPerSecondOption(), timeoutOption()]) {
		expect(displayOptions).toEqual({ hide: { '@tool': [true] } });
	}
});
