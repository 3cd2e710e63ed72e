// @ts-check
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's Node environment with a real global object instead of a proxy. Behind the proxy every `Math.abs` is
 * a call into Jest, which makes code that works on pixels a hundred times slower.
 * @see https://nodejs.org/api/vm.html#when-vmconstantsdont_contextify-is-passed-to-vmcreatecontext
 */
export default class PlainEnvironment extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} args */
  constructor(...args) {
    const { createContext } = vm;
    // Jest offers no other way to choose the kind of context.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }
}
