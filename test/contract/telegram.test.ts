import { channelContract } from './channel.contract.ts';
import { createTelegramWorld } from './telegram-world.ts';

channelContract('telegram', () => createTelegramWorld());
