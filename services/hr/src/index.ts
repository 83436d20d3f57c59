export { definition } from './service.ts';
