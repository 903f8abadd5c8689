export { buildRequestIndex, digestOfRequests, readRequests } from './build-index';
export { crossValidated } from './cross-validate';
