/** Entry of the child that holds the browser for LinkedIn; started by `executor.ts` and `login.ts` only. */
import { linkedinRecipe } from './recipe.ts';
import { serveBrowserOrders } from '../browser-child.ts';

serveBrowserOrders(linkedinRecipe);
