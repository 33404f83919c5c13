// Loaded into a run of the program by the build (`node --import`): at its end it writes down what V8 has compiled of the program's one script,
// functions that were compiled when first called among it, to the file that COMPILED names.
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import vm from 'node:vm'

vm.Script = class extends vm.Script {
  constructor(...args) {
    super(...args)
    process.once('exit', () => writeFileSync(process.env.COMPILED, this.createCachedData()))
  }
}
syncBuiltinESMExports()
