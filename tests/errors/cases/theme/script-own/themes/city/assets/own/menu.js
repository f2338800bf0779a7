import { open } from './opne.js';
import lodash from 'lodash';
import 'https://cdn.example/x.js';
open(lodash);
