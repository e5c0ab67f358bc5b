import { LruMap } from '../../nodes/shared/feishu/lru';

test('returns the same object for the same key', () => {
	const objects = new LruMap(() => ({}));
	expect(objects.get('a')).toBe(objects.get('a'));
	expect(objects.get('a')).not.toBe(objects.get('b'));
});

test('evicts the least recently used entry, and nothing before it is full', () => {
	const objects = new LruMap(() => ({}), 2);
	const [a, b] = [objects.get('a'), objects.get('b')];
	expect(objects.get('a')).toBe(a);
	objects.get('c');
	expect(objects.get('a')).toBe(a);
	expect(objects.get('b')).not.toBe(b);
});
