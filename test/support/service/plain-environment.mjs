// @ts-check
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment for Node with a global object of its own instead of a proxy. Behind the proxy every `Math.abs`
 * is a call into Jest: code that works on pixels takes a hundred times as long there.
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
