import type { IDataObject, INodeProperties } from 'n8n-workflow';
import {
	readTimeout,
	requestsPerSecondOf,
	requestsPerSecondOption,
	timeoutOf,
	optionsField,
} from '../../nodes/shared/form/requestOptions';
import { readerOf } from './parameterSource';
import { refusal } from './refusal';

/** The option that every collection of options has. */
const [timeoutOption] = optionsField().options as [INodeProperties];

test('an option that is not set has the default that the form shows', () => {
	expect(timeoutOf({})).toBe(60_000);
	expect(timeoutOption.default).toBe(60_000);
	expect(requestsPerSecondOf({})).toBe(10);
	expect(requestsPerSecondOption().default).toBe(10);
});

test.each([1, 1500, 3_600_000])('a Timeout of %d ms is accepted', (timeout) => {
	expect(timeoutOf({ timeout })).toBe(timeout);
});

test.each([1, 1.5, 100])('%d requests per second are accepted', (requestsPerSecond) => {
	expect(requestsPerSecondOf({ requestsPerSecond })).toBe(requestsPerSecond);
});

test.each<[IDataObject, RegExp]>([
	[{ timeout: 0 }, /^'Timeout' is 0, not a whole number from 1 to 3600000/],
	[{ timeout: 3_600_001 }, /^'Timeout' is 3600001, not/],
	[{ timeout: 1.5 }, /^'Timeout' is 1\.5, not/],
	[{ timeout: '1s' }, /^'Timeout' is text, not/],
])('%j is refused, and the option named', (options, told) => {
	expect(refusal(() => timeoutOf(options))).toMatch(told);
});

test.each<[IDataObject, RegExp]>([
	[{ requestsPerSecond: 0 }, /^'Requests per Second' is 0, not a number from 1 to 100/],
	[{ requestsPerSecond: 0.9 }, /^'Requests per Second' is 0\.9, not/],
	[{ requestsPerSecond: 101 }, /^'Requests per Second' is 101, not/],
	[{ requestsPerSecond: '5' }, /^'Requests per Second' is text, not/],
])('%j is refused, and the option named', (options, told) => {
	expect(refusal(() => requestsPerSecondOf(options))).toMatch(told);
});

test('the Timeout of a run is that of the first item, or a minute', () => {
	expect(readTimeout(readerOf({ options: { timeout: 1500 } }))).toBe(1500);
	expect(readTimeout(readerOf({}))).toBe(60_000);
	expect(refusal(() => readTimeout(readerOf({ options: 'x' })))).toMatch(/^'Options' is text, not/);
	const reader = readerOf({});
	const get = jest.spyOn(reader, 'get').mockReturnValue({ timeout: 7 });
	expect(readTimeout(reader)).toBe(7);
	expect(get.mock.calls).toEqual([['options', 0, {}]]);
});

test('a model that calls the node as a tool does not see them', () => {
	for (const { displayOptions } of [requestsPerSecondOption(), timeoutOption]) {
		expect(displayOptions).toEqual({ hide: { '@tool': [true] } });
	}
});
