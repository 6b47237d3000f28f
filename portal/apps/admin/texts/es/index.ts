import access from './access.json'
import accounting from './accounting.json'
import administration from './administration.json'
import app from './app.json'
import closing from './closing.json'
import deposits from './deposits.json'
import fields from './fields.json'
import help from './help.json'
import home from './home.json'
import parameters from './parameters.json'
import parties from './parties.json'
import platform from './platform.json'
import simulate from './simulate.json'

/** The console's own texts, by what they are about. */
export default {
  ...access,
  ...accounting,
  ...administration,
  ...app,
  ...closing,
  ...deposits,
  ...fields,
  ...help,
  ...home,
  ...parameters,
  ...parties,
  ...platform,
  ...simulate,
}
