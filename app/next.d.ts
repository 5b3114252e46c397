// What Next writes into next-env.d.ts, without the part that needs a build: types are checked before there is one.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
