import * as fc from 'fast-check';

// A counterexample will do; a smaller one is for people.
fc.configureGlobal({ endOnFailure: true });
