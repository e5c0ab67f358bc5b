import {
	concerning,
	FeishuError,
	isParameterError,
	type Failure,
} from '../../nodes/shared/feishu/failure';

const refused: Failure = { message: 'refused', advice: 'Check it.', reaction: 'fail' };
const codes = (code?: number) => new FeishuError({ ...refused, code }, 'Tried 2 times.');

test('a refused parameter is recognized by its code alone', () => {
	expect(
		[codes(1002002), codes(4711), codes(), new Error('1002002')].map(isParameterError),
	).toEqual([true, false, false, false]);
});

test('an ID is added to the error of a refused parameter, and to no other', () => {
	const other = codes(4711);
	expect(concerning(other, '7')).toBe(other);
	expect(concerning(codes(1002002), '7')).toMatchObject({
		failure: { id: '7', code: 1002002 },
		tried: 'Tried 2 times.',
	});
});
