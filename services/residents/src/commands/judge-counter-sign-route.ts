export { departmentInTurn } from '../domain/counter-sign-route-rules.ts';
