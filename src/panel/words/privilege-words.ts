export {
  type Answer,
  answerOf,
  grantOf,
  privilegeWords,
  shortPrivilegeWords,
} from '../../engine/words/privilege-words.ts';
